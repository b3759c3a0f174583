namespace Orchestrator.Client.Connection;

/// <summary>Tells what is wrong with options before anything is sent by them.</summary>
static class OptionsCheck
{
    /// <summary>What a timer takes.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">It is none; the message tells what is allowed.</exception>
    public static Uri Address(string endpoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(endpoint);
        return Uri.TryCreate(endpoint, UriKind.RelativeOrAbsolute, out var address)
            ? address
            : throw Wrong(
                nameof(OrchestratorClientOptions.Endpoint),
                $"is '{endpoint}', which is no address; give one such as http://127.0.0.1:8080, with a port from 1 to 65535");
    }

    /// <exception cref="ArgumentException">Naming the option, its value, and what is allowed.</exception>
    public static void Check(OrchestratorClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckEndpoint(options.Endpoint);
        CheckKey(options.ApiKey);
        if (options.Timeout != Timeout.InfiniteTimeSpan)
            CheckRange(nameof(options.Timeout), options.Timeout, TimeSpan.FromTicks(1), Longest, " or Timeout.InfiniteTimeSpan");
        CheckRange(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromTicks(1), Longest);
        if (options.FirstByteTimeout is { } first)
            CheckRange(nameof(options.FirstByteTimeout), first, TimeSpan.FromMilliseconds(10), Day, " or null");
        CheckRange(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, Day);
        CheckRange(nameof(options.MaxRetryAfter), options.MaxRetryAfter, TimeSpan.Zero, Day);
        if (options.Retries is < 0 or > 10) throw Wrong(nameof(options.Retries), $"is {options.Retries}; allowed are 0 to 10");
        if (options.Time is null) throw Wrong(nameof(options.Time), "is null; leave it out for the system's time");
    }

    static void CheckEndpoint(Uri? endpoint)
    {
        const string Name = nameof(OrchestratorClientOptions.Endpoint);
        if (endpoint is null) throw Wrong(Name, "is null; give the service's address, such as http://127.0.0.1:8080");
        if (!endpoint.IsAbsoluteUri)
            throw Wrong(Name, $"is '{endpoint}', which is relative; give the whole address, such as http://127.0.0.1:8080");
        if (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)
            throw Wrong(Name, $"is '{endpoint}', of the scheme '{endpoint.Scheme}'; allowed are http and https, as in http://127.0.0.1:8080");
        if (endpoint.UserInfo.Length > 0)
            throw Wrong(Name, $"has a user name or a password in it; the key goes into {nameof(OrchestratorClientOptions.ApiKey)}");
        if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0)
            throw Wrong(Name, $"is '{endpoint}'; it must end with its path, without '?' and '#'");
    }

    /// <summary>The key itself is not told.</summary>
    static void CheckKey(string? key)
    {
        if (key?.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ') is true)
            throw Wrong(
                nameof(OrchestratorClientOptions.ApiKey),
                "has a line break, a space or a character outside ASCII, which no header may have; a key that was read from a file wants Trim()");
    }

    static void CheckRange(string name, TimeSpan value, TimeSpan least, TimeSpan most, string also = "")
    {
        if (value < least || value > most)
            throw Wrong(name, $"is {value}; allowed is {(least.Ticks == 1 ? "more than 00:00:00" : $"{least}")} up to {most}{also}");
    }

    static ArgumentException Wrong(string name, string problem) => new($"{nameof(OrchestratorClientOptions)}.{name} {problem}.", name);
}
