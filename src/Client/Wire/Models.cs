using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>Of <c>GET /v1/models</c>.</summary>
sealed record ModelsReply(IReadOnlyList<ModelItem> Data) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Data, "data");
}

sealed record ModelItem(string Id, ModelFacts? Orchestrator = null);

/// <param name="Kind"><c>policy</c> or <c>expert</c>.</param>
sealed record ModelFacts(
    string Kind, string? Description = null, string? Purpose = null, string? State = null, string? Reason = null);
