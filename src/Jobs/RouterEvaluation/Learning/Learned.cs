namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>All that is decided for one split before any test outcome is looked at.</summary>
/// <param name="BestSingle">Column of the expert with the highest mean over the training questions.</param>
/// <param name="Told">Column of the best expert for each label of the training questions.</param>
/// <param name="Auto">Name of the contender that did best on held-out training questions; null when none ran.</param>
/// <param name="Embedding">One for each timed question.</param>
public sealed record Learned(
    int BestSingle, IReadOnlyDictionary<string, int> Told, IReadOnlyList<Choices> Contenders, IReadOnlyList<NotRun> NotRun, string? Auto,
    Prices? Prices, IReadOnlyList<TimeSpan> Embedding)
{
    /// <param name="label">Null is unknown, and so is one that no training question has.</param>
    public int ToldOf(string? label) => label is not null && Told.TryGetValue(label, out int column) ? column : BestSingle;
}
