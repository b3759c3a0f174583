using Orchestrator.Jobs.RouterEvaluation.Learning;

namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>One split, learned and judged.</summary>
/// <param name="Train">Questions trained on.</param>
/// <param name="Rows">Of the set, those tested on; the order of scores in <paramref name="Columns"/>.</param>
/// <param name="Repeated">Test questions that begin as one to train on does, dropped or not.</param>
/// <param name="Incomplete">Test questions left out because the outcome of an expert is missing.</param>
public sealed record JudgedSplit(
    int Train, IReadOnlyList<int> Rows, int Repeated, int Incomplete, Learned Learned, IReadOnlyList<JudgedColumn> Columns);
