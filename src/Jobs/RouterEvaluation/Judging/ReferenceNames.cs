namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>What every contender is compared with.</summary>
public static class ReferenceNames
{
    /// <summary>The contender that did best on held-out training questions.</summary>
    public const string Auto = "auto";

    /// <summary>The expert with the highest mean over the training questions.</summary>
    public const string BestSingle = "best single";

    /// <summary>The best expert on training questions of the label that the test question truly has.</summary>
    public const string Told = "told";

    /// <summary>The mean over all experts.</summary>
    public const string Random = "random expert";

    /// <summary>The best answer of any expert, the cheapest of equals.</summary>
    public const string Oracle = "oracle";

    public static IReadOnlyList<string> All { get; } = [Auto, BestSingle, Told, Random, Oracle];
}
