using System.Text;

namespace Orchestrator.Host.OpenAi;

/// <summary>Writes server-sent events; each is flushed at once, so that a token is seen when it exists.</summary>
sealed class EventStream(HttpResponse response)
{
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
    public async Task SendAsync(byte[] json, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Prefix, cancellationToken);
        await response.Body.WriteAsync(json, cancellationToken);
        await response.Body.WriteAsync(End, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>A line that clients pass over; it shows them and proxies that the connection lives.</summary>
    /// <param name="text">One line.</param>
    public async Task CommentAsync(string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($": {text}\n\n"), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Done, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
