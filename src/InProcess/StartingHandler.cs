namespace Orchestrator.InProcess;

/// <summary>Lets requests wait until the service has started; the wait, not the start, ends with the caller.</summary>
sealed class StartingHandler(EmbeddedService service) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var invoker = await service.StartedAsync(cancellationToken).ConfigureAwait(false);
        return await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
