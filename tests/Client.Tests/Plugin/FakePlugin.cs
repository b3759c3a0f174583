using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Plugin;

/// <summary>The plugin over a service that replies what the test says, called as hosts call it.</summary>
sealed class FakePlugin : IDisposable
{
    readonly OrchestratorPlugin _plugin;

    public FakePlugin(FakeService service)
    {
        Service = service;
        _plugin = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = new Uri("http://host:8080") }, http: service.Client());
    }

    public FakeService Service { get; }

    public static FakePlugin Of(string json, HttpStatusCode status = HttpStatusCode.OK) => new(FakeService.Of(json, status));

    /// <summary>Of a service that must not be asked.</summary>
    public static FakePlugin Unasked() => new(new FakeService((_, _) => throw new InvalidOperationException("The service was asked.")));

    public AIFunction this[string name] => _plugin.Functions.Single(function => function.Name == name);

    /// <param name="arguments">An object in JSON, as a model writes it.</param>
    public Task<JsonElement> CallAsync(string name, string arguments, CancellationToken cancellationToken = default) => CallAsync(
        name, JsonElement.Parse(arguments).EnumerateObject().ToDictionary(field => field.Name, object? (field) => field.Value), cancellationToken);

    public async Task<JsonElement> CallAsync(string name, IDictionary<string, object?> arguments, CancellationToken cancellationToken = default) =>
        Assert.IsType<JsonElement>(await this[name].InvokeAsync(new AIFunctionArguments(arguments), cancellationToken));

    public void Dispose() => _plugin.Dispose();
}

static class Errors
{
    public static string Code(this JsonElement result) => result.GetProperty("error").GetProperty("code").GetString()!;

    public static string Message(this JsonElement result) => result.GetProperty("error").GetProperty("message").GetString()!;
}
