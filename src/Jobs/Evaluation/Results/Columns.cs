namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>
/// Names of the score columns of a result. A policy's column has its name; what it is compared with has a colon, which no
/// policy and no expert has.
/// </summary>
public static class Columns
{
    /// <summary>The expert that was best on other questions than those reported.</summary>
    public const string BestSingle = "baseline:best-single";

    /// <summary>Mean over the experts: what any of them scores on average.</summary>
    public const string Random = "baseline:random";

    public const string Generalist = "baseline:generalist";

    /// <summary>The best score that any expert has on the question.</summary>
    public const string Oracle = "baseline:oracle";

    /// <summary>The vote of all experts.</summary>
    public const string Vote = "baseline:vote";

    /// <summary>The best single expert voting with itself, in as many calls as the policy makes.</summary>
    public static string AtCalls(string policy) => $"baseline:self-consistency-calls:{policy}";

    /// <summary>The same in as many tokens.</summary>
    public static string AtTokens(string policy) => $"baseline:self-consistency-tokens:{policy}";

    /// <summary>The same in as many floating-point operations: tokens times the parameters of who reads or writes them.</summary>
    public static string AtFlops(string policy) => $"baseline:self-consistency-flops:{policy}";

    /// <summary>The same in as much wall time.</summary>
    public static string AtWallTime(string policy) => $"baseline:self-consistency-wall-time:{policy}";

    /// <summary>All that are matched to a policy.</summary>
    public static IEnumerable<string> MatchedTo(string policy) => [AtCalls(policy), AtTokens(policy), AtFlops(policy), AtWallTime(policy)];
}
