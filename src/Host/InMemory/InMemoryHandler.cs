namespace Orchestrator.Host.InMemory;

/// <summary>
/// What an <see cref="HttpClient"/> in this process speaks through instead of a connection: the request goes to the
/// application's pipeline, and the reply is read while it is written.
/// </summary>
sealed class InMemoryHandler(Entrance entrance) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var exchange = new Exchange(request, await RequestReader.ReadAsync(request, cancellationToken).ConfigureAwait(false), entrance.Scopes);
        await using var cancelled = cancellationToken.UnsafeRegister(static (exchange, token) => ((Exchange)exchange!).Cancel(token), exchange);
        // On the pool: the pipeline must not run on a caller's thread that may be a window's.
        _ = Task.Run(() => exchange.RunAsync(entrance.Pipeline), CancellationToken.None);
        return await exchange.Head.ConfigureAwait(false);
    }
}
