using System.ComponentModel.DataAnnotations;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.RouterEvaluation;

/// <summary>What names the kind of a question.</summary>
public enum QuestionLabel
{
    /// <summary>The benchmark where there are several, otherwise the category.</summary>
    Auto,
    Benchmark,
    Category,
}

/// <summary>How routers are trained and judged.</summary>
public sealed record RouterEvaluationOptions
{
    /// <summary>The label of training questions that strategies may learn from, and that the reference <c>told</c> knows of test questions.</summary>
    public QuestionLabel Label { get; init; }

    /// <summary>Whether test questions that begin as one to train on does are left out.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>Share of the reference model's score that the cheapest trade-off must keep.</summary>
    [Range(0.01, 1.0)]
    public double Keep { get; init; } = 0.99;

    /// <summary>Standard errors by which a trade-off must keep it on questions held out of training.</summary>
    [Range(0.0, 10.0)]
    public double Margin { get; init; } = 1;

    /// <summary>Share of the reference model's cost that a split must stay below to count as saved.</summary>
    [Range(0.0, 1.0)]
    public double CostLimit { get; init; } = 0.74;

    /// <summary>Test questions, spread evenly, on which decisions are timed.</summary>
    [Range(1, 1_000_000)]
    public int Timed { get; init; } = 200;

    public BootstrapOptions Bootstrap { get; init; } = new();
}
