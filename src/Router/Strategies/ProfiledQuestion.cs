using Orchestrator.Router.Embedding;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Strategies;

/// <summary>A question as strategies see it: the features are gathered before any decision. Not for concurrent use.</summary>
/// <param name="Index">The profiled questions, for neighbours.</param>
sealed record ProfiledQuestion(string Text, QuestionPlace Place, VectorIndex Index)
{
    IReadOnlyList<Neighbour> _nearest = [];
    float[]? _cosines;

    /// <summary>Skills that the caller names; mostly none.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What a tagger says; null when none was asked.</summary>
    public TaggedQuestion? Tagged { get; init; }

    /// <summary>Cosine with every profiled question, in the order of the table.</summary>
    public float[] Cosines => _cosines ??= Index.Cosines(Place.Vector);

    /// <summary>The most similar profiled questions, the nearest first; fewer where fewer were profiled.</summary>
    public IEnumerable<Neighbour> Nearest(int count)
    {
        if (_nearest.Count < Math.Min(count, Index.Count))
            _nearest = Index.Nearest(Place.Vector, count);
        return _nearest.Take(count);
    }

    /// <summary>1 − cosine to the nearest profiled question, within 0…1; 1 when nothing was profiled.</summary>
    public double SupportDistance => Nearest(1).Select(nearest => nearest.Distance).DefaultIfEmpty(1).First();
}
