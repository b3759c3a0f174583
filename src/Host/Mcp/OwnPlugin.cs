using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.InMemory;

namespace Orchestrator.Host.Mcp;

/// <summary>The plugin over this very service: its calls are requests of this process, so they are refused and counted like all others.</summary>
sealed class OwnPlugin : IDisposable
{
    const string Auto = "auto";

    readonly HttpClient _http;
    readonly OrchestratorPlugin _plugin;

    public OwnPlugin(Entrance entrance, IHttpContextAccessor caller, OrchestratorConfig config)
    {
        _http = new HttpClient(new SameRequestId(caller, new InMemoryHandler(entrance))) { Timeout = Timeout.InfiniteTimeSpan };
        // Only server.request_timeout bounds a call, as it does for everybody, and once: no connection can fail that another try would mend.
        _plugin = new OrchestratorPlugin(
            new OrchestratorClientOptions { Endpoint = Entrance.Address, Timeout = Timeout.InfiniteTimeSpan, Retries = 0 }, Usual(config.Policies), _http);
    }

    public IReadOnlyList<AIFunction> Functions => _plugin.Functions;

    public void Dispose()
    {
        _plugin.Dispose();
        _http.Dispose();
    }

    /// <summary>The policy of calls that name none: a configuration need not have <c>auto</c>.</summary>
    static string Usual(IReadOnlyList<PolicyConfig> policies) =>
        policies is [var first, ..] && policies.All(policy => policy.Name != Auto) ? first.Name : Auto;
}
