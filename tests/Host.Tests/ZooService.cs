using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.InMemory;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests;

/// <summary>The real service over the real zoo on a free port of the loopback interface.</summary>
public sealed class ZooService : IAsyncLifetime
{
    readonly string _config;
    readonly Action<IServiceCollection>? _services;
    WebApplication? _app;

    public ZooService()
        : this(Path.Combine(Repository.Root, "configs/orchestrator.yaml"))
    {
    }

    internal ZooService(string config, Action<IServiceCollection>? services = null) => (_config, _services) = (config, services);

    /// <summary>With collections of its own, in that folder.</summary>
    internal static ZooService WithCollections(TemporaryFolder folder)
    {
        var config = File.ReadAllText(Path.Combine(Repository.Root, "configs/orchestrator.yaml"))
            .Replace("../models", Path.Combine(Repository.Root, "models"), StringComparison.Ordinal)
            .Replace("\nretrieval:\n", $"\nretrieval:\n  collections: {folder.File("collections")}\n", StringComparison.Ordinal);
        File.WriteAllText(folder.File("orchestrator.yaml"), config);
        return new ZooService(folder.File("orchestrator.yaml"));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public HttpClient Http { get; private set; } = new();

    internal IServiceProvider Services => _app!.Services;

    internal Service Service => _app!.Services.GetRequiredService<ServiceState>().Ready();

    internal Entrance Entrance => _app!.Services.GetRequiredService<Entrance>();

    public async Task InitializeAsync()
    {
        _app = WebHost.Build(ConfigReader.Read(_config), "http://127.0.0.1:0", logging => logging.ClearProviders(), _services);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!(await Http.GetAsync("/ready", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class ZooCollection : ICollectionFixture<ZooService>
{
    public const string Name = "zoo";
}
