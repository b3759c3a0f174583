using System.Text;
using System.Text.Json;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Connection;

/// <summary>What the service says when it does not do something, and what the caller can do about it.</summary>
static class Refusal
{
    /// <summary>Of a reply in words that are not the service's.</summary>
    const int MostShown = 300;

    const string KeyAdvice =
        "The key goes into OrchestratorClientOptions.ApiKey; it must be the one in the environment variable that the service's server.api_key_env names.";

    const string ToolAdvice =
        "Leave ChatOptions.Tools out, or give the tools to a planner, a chat client whose model calls tools: it can ask the experts by the "
        + "functions of OrchestratorPlugin.";

    /// <summary>Bytes that are read of it: more than the service ever says, and something else may never end.</summary>
    const int MostRead = 64 * 1024;

    public static async Task<OrchestratorException> OfAsync(
        HttpResponseMessage reply, string path, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        var status = (int)reply.StatusCode;
        var text = await TextAsync(reply.Content, cancellationToken).ConfigureAwait(false);
        var error = Read(text);
        var words = reply.Headers.Location is { } elsewhere ? $"it is at {elsewhere}" : text.Length <= MostShown ? text : text[..MostShown] + "…";
        var message = error?.Message ?? $"The service replied {status} to {path}: {words}";
        return new OrchestratorException(Advice(status, error) is { } advice ? $"{Sentence.Of(message)} {advice}" : message, status, Code(status, error))
        {
            RetryAfter = retryAfter,
        };
    }

    static async Task<string> TextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var read = new byte[MostRead];
        var body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var length = await body.ReadAtLeastAsync(read, MostRead, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(read, 0, length);
    }

    static string? Code(int status, ErrorFacts? error) =>
        error is null ? IsElsewhere(status, error) ? FailureCode.NotOrchestrator : null : error.Code ?? error.Type;

    static string? Advice(int status, ErrorFacts? error) => (status, error) switch
    {
        // The service itself forbids by origin and host alone, and says what to do; others mean keys.
        (401, _) or (403, null) => KeyAdvice,
        (400, { Code: "unsupported_parameter", Param: { } param }) when IsAboutTools(param) => ToolAdvice,
        _ => IsElsewhere(status, error) ? FailureWords.EndpointAdvice : null,
    };

    /// <summary>
    /// Whether something else than the service's part of the address replied: it has all that this client asks for, by the method that it
    /// uses; a redirection turns one into another.
    /// </summary>
    static bool IsElsewhere(int status, ErrorFacts? error) =>
        error is null ? status is (>= 300 and < 400) or 404 or 405 or 501 : error.Code is "unknown_url" or "method_not_allowed";

    static bool IsAboutTools(string param) =>
        param is "tools" or "messages" or "tool_choice" or "parallel_tool_calls"
        || (param.StartsWith("messages[", StringComparison.Ordinal)
            && (param.EndsWith("].tool_calls", StringComparison.Ordinal) || param.EndsWith("].role", StringComparison.Ordinal)));

    static ErrorFacts? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ClientJson.Wire.ErrorReply)?.Error is { Message: not null } error ? error : null;
        }
        catch (JsonException)
        {
            // Something between here and the service replied in its own words.
            return null;
        }
    }
}
