using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>Reads a JSON body whatever its content type says, as other local servers do.</summary>
sealed class RequestBody(ServerConfig server)
{
    static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    const int PieceBytes = 16 * 1024;

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>A chat request with what its headers say; the endpoints that take one read it alike.</summary>
    /// <exception cref="ApiException">400 naming the field or header that is wrong, 413 as below.</exception>
    public async Task<ChatRequest> ReadChatAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowVariant = VariantHeader.Allows(request.Headers);
        return ChatRequestReader.Read(await ReadJsonAsync(request, cancellationToken)) with
        {
            AllowVariant = allowVariant,
            Skills = SkillsHeader.Read(request.Headers),
        };
    }

    /// <exception cref="ApiException">413 above <c>server.max_body_bytes</c>, 400 when it is not JSON.</exception>
    public async Task<JsonElement> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(request, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes, Strict);
            CheckText(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(ApiError.Invalid(
                "We could not parse the JSON body of your request: a string in it is not valid Unicode.", code: "invalid_json"));
        }
        catch (JsonException malformed)
        {
            throw new ApiException(ApiError.Invalid(
                $"We could not parse the JSON body of your request: {malformed.Message}", code: "invalid_json"));
        }
    }

    /// <summary>The parser leaves names and strings as they are; reading them all once finds lone surrogates and bad bytes.</summary>
    /// <exception cref="InvalidOperationException">A name or string is not valid Unicode.</exception>
    static void CheckText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) CheckText(item);
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                CheckText(property.Value);
            }
    }

    /// <summary>
    /// The limit is kept here and not by Kestrel, which resets the connection of a client that is still sending: then the
    /// reply is lost. Refused here, Kestrel reads the rest away for a while and the client sees why.
    /// </summary>
    async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > server.MaxBodyBytes) throw TooLarge();
        var body = new MemoryStream();
        var piece = new byte[PieceBytes];
        while (await request.Body.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > server.MaxBodyBytes) throw TooLarge();
            body.Write(piece, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    ApiException TooLarge() => new(new ApiError(
        StatusCodes.Status413PayloadTooLarge,
        $"The request body is larger than {server.MaxBodyBytes} bytes (server.max_body_bytes).",
        "invalid_request_error", Code: "request_too_large"));
}
