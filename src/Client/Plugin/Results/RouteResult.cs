namespace Orchestrator.Client.Plugin.Results;

/// <param name="Asked">Who would be asked; the first one's answer counts most.</param>
/// <param name="Reasons">The first decided.</param>
sealed record RouteResult(string Policy, IReadOnlyList<string> Asked, IReadOnlyList<string> Reasons)
{
    /// <summary>0 to 1: what is expected of the first; null where nothing supports a number.</summary>
    public double? Confidence { get; init; }

    public string? Coverage { get; init; }

    /// <summary>Best first.</summary>
    public IReadOnlyList<ExpectedScore>? Ranked { get; init; }

    public string? LeftOut { get; init; }
}

sealed record ExpectedScore(string Expert, double Score);
