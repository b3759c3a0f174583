using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>Reads a JSON body whatever its content type says, as other local servers do.</summary>
sealed class RequestBody(ServerConfig server)
{
    const int PieceBytes = 16 * 1024;

    /// <summary>A chat request with what its headers say; the endpoints that take one read it alike.</summary>
    /// <exception cref="ApiException">400 naming the field or header that is wrong, 413 as below.</exception>
    public async Task<ChatRequest> ReadChatAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var allowVariant = VariantHeader.Allows(request.Headers);
        return ChatRequestReader.Read(await ReadJsonAsync(request, cancellationToken)) with
        {
            AllowVariant = allowVariant,
            Skills = SkillsHeader.Read(request.Headers),
            Wishes = WishesHeaders.Read(request.Headers),
        };
    }

    /// <exception cref="ApiException">413 above <c>server.max_body_bytes</c>, 400 when it is not JSON.</exception>
    public async Task<JsonElement> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(request, cancellationToken);
        try
        {
            return StrictJson.Parse(bytes);
        }
        catch (JsonException malformed)
        {
            throw new ApiException(ApiError.Invalid(
                $"We could not parse the JSON body of your request: {malformed.Message}", code: "invalid_json"));
        }
    }

    /// <summary>
    /// The limit is kept here and not by Kestrel, which resets the connection of a client that is still sending: then the
    /// reply is lost. Refused here, Kestrel reads the rest away for a while and the client sees why.
    /// </summary>
    /// <exception cref="ApiException">413 above <c>server.max_body_bytes</c>.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
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
