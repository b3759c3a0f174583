using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Client.Tests.Connection;

/// <summary>Says of every address but one that it is at that one, and counts who follows.</summary>
sealed class MovedServer : IAsyncDisposable
{
    const string There = "/there";

    readonly WebApplication _server;
    int _followed;

    MovedServer(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public string Elsewhere => $"{Address}{There[1..]}";

    public int Followed => _followed;

    public static async Task<MovedServer> StartAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var moved = new MovedServer(builder.Build());
        moved._server.Urls.Add("http://127.0.0.1:0");
        moved._server.Map(There, () => Interlocked.Increment(ref moved._followed));
        moved._server.MapFallback(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = moved.Elsewhere;
            return Task.CompletedTask;
        });
        await moved._server.StartAsync();
        return moved;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
