using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.InMemory;

namespace Orchestrator.Host.Tests.InMemory;

/// <summary>A client in this process of a pipeline that the test writes.</summary>
sealed class OnePipeline : IDisposable
{
    readonly ServiceProvider _services = new ServiceCollection().AddScoped<Closed>().BuildServiceProvider();

    public OnePipeline(RequestDelegate pipeline)
    {
        var entrance = new Entrance(_services.GetRequiredService<IServiceScopeFactory>());
        entrance.Remember(pipeline);
        Http = new HttpClient(new InMemoryHandler(entrance)) { BaseAddress = Entrance.Address };
    }

    public HttpClient Http { get; }

    /// <summary>Returns with the headers.</summary>
    public Task<HttpResponseMessage> OpenAsync(CancellationToken cancellationToken = default) =>
        Http.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
    }

    /// <summary>Tells when the scope of its request was closed.</summary>
    public sealed class Closed : IDisposable
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => Done.TrySetResult();
    }
}
