using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Chat;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client;

/// <summary>
/// Orchestrator's routed experts for everything that takes an <see cref="IChatClient"/>. Who answered and why is told by
/// <see cref="RouteDetailsExtensions.GetRoute(ChatResponse)"/>, and in the answer's <c>ModelId</c>. Options without a member are in
/// <see cref="OrchestratorOptions"/>. Tools are described to the service and never called here: that is the caller's pipeline,
/// such as <c>UseFunctionInvocation()</c>.
/// </summary>
public sealed class OrchestratorChatClient : IChatClient
{
    const string NoAnswer = "it has no answer in it.";

    readonly ServiceConnection _service;
    readonly ChatClientMetadata _metadata;
    readonly string _model;

    /// <param name="model">A policy, which routes, or the id of an expert; <see cref="ChatOptions.ModelId"/> overrides it.</param>
    /// <param name="http">Used and left open when given.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    public OrchestratorChatClient(OrchestratorClientOptions options, string model = "auto", HttpClient? http = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        _service = new ServiceConnection(options, http);
        _model = model;
        _metadata = new ChatClientMetadata("orchestrator", _service.Endpoint, model);
    }

    /// <exception cref="OrchestratorException">The service refused, is not there, took too long, or broke off.</exception>
    /// <exception cref="NotSupportedException">A message or an option has no place in a request; the message names it.</exception>
    /// <exception cref="ArgumentException">A message is null, or an additional property cannot be sent; the message names it.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var reply = await _service.OpenAsync(RequestWriting.Write(messages, options, _model, stream: false), cancellationToken).ConfigureAwait(false);
        var answer = await reply.ReadAsync(ClientJson.Wire.CompletionReply).ConfigureAwait(false);
        return AnswerReading.Read(answer, RouteReading.Of(reply.Headers)) ?? throw reply.Strange(NoAnswer);
    }

    /// <summary>
    /// Cancelling, or leaving the stream early, closes its connection, so that the service stops. (An <see cref="HttpClient"/> that
    /// was handed in may first read on for a moment: <see cref="SocketsHttpHandler.ResponseDrainTimeout"/>.)
    /// </summary>
    /// <exception cref="OrchestratorException">As for a whole answer; <see cref="OrchestratorException.Emitted"/> tells whether a part had come.</exception>
    /// <exception cref="NotSupportedException">A message or an option has no place in a request; the message names it.</exception>
    /// <exception cref="ArgumentException">A message is null, or an additional property cannot be sent; the message names it.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(messages, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() => _service.Dispose();

    async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reply = await _service.OpenAsync(RequestWriting.Write(messages, options, _model, stream: true), cancellationToken).ConfigureAwait(false);
        var events = new AnswerEvents(reply);
        await using var reading = events.ConfigureAwait(false);
        var answer = new StreamedAnswer(RouteReading.Of(reply.Headers));
        while (await events.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            if (answer.Add(chunk) is not { } update) continue;
            events.Emitted |= update.Contents.Count > 0;
            yield return update;
        }

        if (!answer.IsAnswer) throw reply.Strange(NoAnswer);
        if (answer.End() is { } rest) yield return rest;
    }
}
