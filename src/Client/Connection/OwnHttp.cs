namespace Orchestrator.Client.Connection;

/// <summary>The HTTP client of those who hand in none.</summary>
static class OwnHttp
{
    /// <summary>Long enough for the few bytes that end a stream.</summary>
    static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(100);

    /// <param name="connectTimeout">The only time-out it has; the connection sets the others.</param>
    public static HttpClient Create(TimeSpan connectTimeout) => new(new SocketsHttpHandler
    {
        ConnectTimeout = connectTimeout,
        // A question would be sent again, perhaps as a GET, and without the key. Where it leads is told instead.
        AllowAutoRedirect = false,
        // A name may come to mean another machine.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // What a stream that is left early still sends is not waited for: the service shall notice, and free the sequence.
        ResponseDrainTimeout = DrainTimeout,
        MaxResponseDrainSize = 1,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
