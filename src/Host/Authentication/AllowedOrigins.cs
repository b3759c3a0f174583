using Microsoft.AspNetCore.Cors.Infrastructure;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Authentication;

/// <summary>
/// Which pages may ask from a browser, and by which names the service may be called. A browser sends requests of any page to
/// any address, with the rights of the machine it runs on; it only says truly from where (<c>Origin</c>) and to what name
/// (<c>Host</c>), and a name of somebody else may lead to this machine.
/// </summary>
/// <param name="LoopbackOnly">Whether only this machine reaches the service, and so only by a name of its own.</param>
sealed record AllowedOrigins(IReadOnlyList<string> Origins, bool LoopbackOnly)
{
    const string Any = "*";

    readonly bool _any = Origins.Contains(Any);
    readonly HashSet<string> _hosts = new(Origins.Where(origin => origin != Any).Select(origin => new Uri(origin).Host), StringComparer.OrdinalIgnoreCase);

    public static AllowedOrigins From(ServerConfig server, bool loopbackOnly) =>
        new(server.AllowedOrigins.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), loopbackOnly);

    /// <summary>Whether requests may be addressed to it; who sends no name is no browser.</summary>
    public bool TakesHost(HostString host) =>
        !LoopbackOnly || _any || !host.HasValue || LoopbackName.Is(host.Host) || _hosts.Contains(host.Host);

    /// <param name="origin">As the header has it: <c>scheme://host:port</c>, or <c>null</c> of pages without one.</param>
    /// <param name="host">To what the request is addressed; its own pages are of that origin, whatever scheme a proxy gives it.</param>
    public bool TakesOrigin(string origin, HostString host) =>
        _any || IsOwn(origin, host) || Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells browsers the same: they hide replies from pages of other origins, unless the service says otherwise.</summary>
    public void Tell(CorsPolicyBuilder browsers)
    {
        browsers.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Any);
        if (_any) browsers.AllowAnyOrigin();
        else browsers.WithOrigins([.. Origins]);
    }

    static bool IsOwn(string origin, HostString host) =>
        host.HasValue && origin.IndexOf("://", StringComparison.Ordinal) is > 0 and var end
        && string.Equals(origin[(end + 3)..], host.Value, StringComparison.OrdinalIgnoreCase);
}
