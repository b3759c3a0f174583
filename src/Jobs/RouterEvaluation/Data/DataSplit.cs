namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>Rows of a set to train on, and others to test on.</summary>
public sealed record DataSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Test);
