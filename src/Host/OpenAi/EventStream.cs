using System.Text;

namespace Orchestrator.Host.OpenAi;

/// <summary>Writes server-sent events; each is flushed at once, so that a token is seen when it exists.</summary>
sealed class EventStream(HttpResponse response, TimeProvider time)
{
    /// <summary>
    /// How long a client may take nothing once all buffers on the way are full. Its answer holds a sequence of the expert
    /// meanwhile, and Kestrel's own least rate allows hours after a fast beginning.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly byte[] Prefix = "data: "u8.ToArray();
    static readonly byte[] End = "\n\n"u8.ToArray();
    static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>Whether the headers are those of a stream, and so whether an error can only be an event.</summary>
    public bool Begun { get; private set; }

    public void Begin()
    {
        Begun = true;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // Reverse proxies of the nginx family hold events back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <param name="json">One JSON value without line breaks.</param>
    /// <exception cref="TimeoutException">The client takes nothing; its connection is cut. So with the others.</exception>
    public Task SendAsync(byte[] json, CancellationToken cancellationToken) => WatchAsync(WriteAsync([Prefix, json, End], cancellationToken));

    /// <summary>A line that clients pass over; it shows them and proxies that the connection lives.</summary>
    /// <param name="text">One line.</param>
    public Task CommentAsync(string text, CancellationToken cancellationToken) =>
        WatchAsync(WriteAsync([Encoding.UTF8.GetBytes($": {text}\n\n")], cancellationToken));

    public Task EndAsync(CancellationToken cancellationToken) => WatchAsync(WriteAsync([Done], cancellationToken));

    async Task WriteAsync(byte[][] parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts) await response.Body.WriteAsync(part, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    async Task WatchAsync(Task writing)
    {
        try
        {
            await writing.WaitAsync(Patience, time);
        }
        catch (TimeoutException late)
        {
            response.HttpContext.Abort();
            throw new TimeoutException($"the client took nothing of its stream for {Patience.TotalSeconds:0} s and was cut off", late);
        }
    }
}
