using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Composition;

/// <summary>One address to listen on, checked before Kestrel sees it.</summary>
sealed record ListenAddress(string Url, bool Loopback)
{
    const int MaxPort = 65535;

    /// <param name="urls">Separated by <c>;</c>, from the configuration or the command line.</param>
    /// <exception cref="ConfigException">All that is wrong with any of them.</exception>
    public static IReadOnlyList<ListenAddress> ParseAll(string urls)
    {
        var parts = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] problems = parts.Length == 0 ? ["--urls is empty; give one like http://127.0.0.1:8080"] : [.. parts.Select(Problem).OfType<string>()];
        return problems.Length == 0 ? [.. parts.Select(Parse)] : throw new ConfigException(problems);
    }

    static ListenAddress Parse(string url)
    {
        var address = BindingAddress.Parse(url);
        return new ListenAddress(url, address.IsUnixPipe || LoopbackName.Is(address.Host));
    }

    static string? Problem(string url)
    {
        const string Allowed = "an address is http://HOST:PORT with a port up to 65535";
        try
        {
            var address = BindingAddress.Parse(url);
            return address switch
            {
                { Scheme: "https" } => $"'{url}': https is not served here; put a reverse proxy before http://HOST:PORT",
                { Scheme: not "http" } or { Port: < 0 or > MaxPort } => $"'{url}': {Allowed}",
                { IsUnixPipe: false, PathBase.Length: > 0 } => $"'{url}': {Allowed}, and no path",
                _ => null,
            };
        }
        catch (FormatException)
        {
            return $"'{url}': {Allowed}";
        }
    }
}
