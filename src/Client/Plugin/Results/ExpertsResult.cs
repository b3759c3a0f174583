namespace Orchestrator.Client.Plugin.Results;

/// <param name="Policies">Each chooses between the experts.</param>
sealed record ExpertsResult(IReadOnlyList<ListedPolicy> Policies, IReadOnlyList<ListedExpert> Experts)
{
    public string? LeftOut { get; init; }
}

sealed record ListedPolicy(string Id, string? Description);

/// <param name="Purpose"><c>answer</c> or another that the service has, such as <c>embed</c>.</param>
/// <param name="State">Such as <c>resident</c>, or <c>quarantined</c> with the reason.</param>
sealed record ListedExpert(string Id, string? Description, string? Purpose, string? State, string? Reason);
