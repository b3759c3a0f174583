using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Orchestrator.TestKit;

namespace Orchestrator.SemanticKernel.Tests;

/// <summary>A kernel over the real zoo in this process.</summary>
public sealed class ZooKernel : IAsyncDisposable
{
    readonly ServiceProvider _services;

    public ZooKernel()
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddOrchestrator(Path.Combine(Repository.Root, "configs/orchestrator.yaml"));
        builder.AddOrchestrator();
        Kernel = builder.Build();
        _services = (ServiceProvider)Kernel.Services;
    }

    public Kernel Kernel { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class ZooCollection : ICollectionFixture<ZooKernel>
{
    public const string Name = "zoo";
}
