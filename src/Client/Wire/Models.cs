namespace Orchestrator.Client.Wire;

/// <summary>Of <c>GET /v1/models</c>.</summary>
sealed record ModelsReply(IReadOnlyList<ModelItem> Data);

sealed record ModelItem(string Id, ModelFacts? Orchestrator);

/// <param name="Kind"><c>policy</c> or <c>expert</c>.</param>
sealed record ModelFacts(string Kind, string? Description, string? Purpose, string? State, string? Reason);
