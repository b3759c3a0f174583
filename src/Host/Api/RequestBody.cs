using System.Text.Json;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>Reads a JSON body whatever its content type says, as other local servers do.</summary>
static class RequestBody
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static async Task<JsonElement> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            throw new ApiException(ApiError.Invalid(
                $"We could not parse the JSON body of your request: {malformed.Message}", code: "invalid_json"));
        }
    }
}
