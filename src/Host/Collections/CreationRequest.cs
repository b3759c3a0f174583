using System.Text.Json;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>What <c>POST /v1/collections</c> asks for.</summary>
/// <param name="Model">Null leaves it to the configuration.</param>
sealed record CreationRequest(string Name, string? Model, IReadOnlyDictionary<string, FieldValue> Metadata)
{
    internal static readonly HashSet<string> Known = ["name", "model", "metadata"];

    public static CreationRequest Read(JsonElement body)
    {
        var fields = RequestObject.Of(body, "", Known);
        return new CreationRequest(
            CollectionName.Check(fields.RequiredString("name")), fields.String("model"), RequestObject.Metadata(fields));
    }
}
