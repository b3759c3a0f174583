using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Orchestrator.Client.Tests;

/// <summary>A streamed reply, part by part, that ends as the test says.</summary>
sealed class FakeEvents(params string[] parts) : Stream
{
    readonly Queue<byte[]> _parts = new(parts.Select(Encoding.UTF8.GetBytes));
    ReadOnlyMemory<byte> _rest;

    /// <summary>After the last part; null is the end of the stream.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether it goes on for ever after the last part, without a byte.</summary>
    public bool Hangs { get; init; }

    public bool Closed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>One event with a piece of the answer.</summary>
    public static string Delta(string fields, string more = "") =>
        $$"""data: {"id":"c1","object":"chat.completion.chunk","created":1767225600,"model":"mason","choices":[{"index":0,"delta":{{{fields}}}{{more}}}]}""" + "\n\n";

    public static string Text(string text) => Delta($"\"content\":\"{text}\"");

    public HttpResponseMessage Reply()
    {
        var content = new StreamContent(this) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/event-stream; charset=utf-8") } };
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length > 0 || _parts.TryDequeue(out var part) && (_rest = part).Length > 0)
        {
            var taken = Math.Min(_rest.Length, buffer.Length);
            _rest[..taken].CopyTo(buffer);
            _rest = _rest[taken..];
            return taken;
        }

        if (Failure is not null) throw Failure;
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Closed = true;
        base.Dispose(disposing);
    }
}
