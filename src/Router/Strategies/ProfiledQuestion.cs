using Orchestrator.Router.Embedding;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Strategies;

/// <summary>A question as strategies see it: the features are gathered before any decision. Not for concurrent use.</summary>
/// <param name="Among">The profiled questions that it is compared with.</param>
sealed record ProfiledQuestion(string Text, QuestionPlace Place, Profile Among)
{
    Neighbour[] _nearest = [];
    float[]? _cosines;

    /// <summary>Skills that the caller names; mostly none.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What a tagger says; null when none was asked.</summary>
    public TaggedQuestion? Tagged { get; init; }

    /// <summary>Cosine with every profiled question, in the order of the table.</summary>
    public float[] Cosines => _cosines ??= Among.CosinesWith(Place.Vector);

    /// <summary>The most similar profiled questions, the nearest first; fewer where fewer were profiled.</summary>
    public IEnumerable<Neighbour> Nearest(int count)
    {
        if (_nearest.Length < Math.Min(count, Among.Count))
            _nearest = Among.Index.Nearest(Place.Vector, count);
        return _nearest.Take(count);
    }

    /// <summary>1 − cosine to the nearest profiled question, within 0…1; 1 when nothing was profiled.</summary>
    public double SupportDistance => Nearest(1).Select(nearest => nearest.Distance).DefaultIfEmpty(1).First();
}
