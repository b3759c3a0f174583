using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Host.Authentication;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.InMemory;

/// <summary>One request of this process and its reply, on their way through the pipeline.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, no link and no wait handle: there is nothing to free.")]
sealed class Exchange : IHttpRequestLifetimeFeature, IHttpRequestBodyDetectionFeature
{
    const int MostUnread = 4 << 20;

    /// <summary>
    /// About what the buffers of a connection hold: whoever pauses, as for a tool or a question to its user, would otherwise be taken
    /// for a client that is gone, which over HTTP it would not be.
    /// </summary>
    static readonly PipeOptions Buffering = new(pauseWriterThreshold: MostUnread, resumeWriterThreshold: MostUnread / 2, useSynchronizationContext: false);

    readonly HttpRequestMessage _request;
    readonly DefaultHttpContext _context;
    readonly ResponseHead _response = new();
    readonly StreamResponseBodyFeature _body;
    readonly Pipe _pipe = new(Buffering);
    readonly CancellationTokenSource _aborted = new();
    readonly TaskCompletionSource<HttpResponseMessage> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile Exception? _failure;
    volatile bool _ended;

    public Exchange(HttpRequestMessage request, HttpRequestFeature read, IServiceScopeFactory scopes)
    {
        _request = request;
        _body = new StreamResponseBodyFeature(new ResponseBody(this, _pipe.Writer));
        RequestAborted = _aborted.Token;
        var features = new FeatureCollection(8);
        features.Set<IHttpRequestFeature>(read);
        features.Set<IHttpResponseFeature>(_response);
        features.Set<IHttpResponseBodyFeature>(_body);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        features.Set(OwnCall.Instance);
        _context = new DefaultHttpContext(features) { ServiceScopeFactory = scopes };
    }

    /// <summary>Completes when the first byte is written, or the pipeline has ended without one.</summary>
    public Task<HttpResponseMessage> Head => _head.Task;

    public CancellationToken RequestAborted { get; set; }

    public bool CanHaveBody => _request.Content is not null;

    public bool IsBroken => _failure is not null;

    public async Task RunAsync(RequestDelegate pipeline)
    {
        try
        {
            await pipeline(_context);
            await _body.CompleteAsync();
        }
        catch (Exception failure)
        {
            Break(failure);
        }

        _ended = true;
        await _pipe.Writer.CompleteAsync();
        await _response.CompleteAsync();
    }

    /// <summary>Lets status and headers go, if they have not.</summary>
    public ValueTask BeginAsync() => _response.HasStarted ? ValueTask.CompletedTask : StartAsync();

    /// <summary>The caller no longer wants the reply.</summary>
    public void Cancel(CancellationToken cancelled)
    {
        _head.TrySetCanceled(cancelled);
        Close();
    }

    /// <summary>The caller has closed the reply.</summary>
    public void Close() => Abort("the request was aborted");

    /// <summary>The pipeline gives the caller up.</summary>
    public void Abort() => Abort($"it was cut off, as a stream is of which nothing is read for {EventStream.Patience.TotalSeconds:0} s once {MostUnread >> 20} MiB wait");

    /// <summary>After the end it does nothing.</summary>
    void Abort(string reason)
    {
        if (_ended) return;
        Break(new OperationCanceledException(reason));
        // Not on this thread: what is registered may take a while.
        _ = _aborted.CancelAsync();
    }

    /// <exception cref="IOException">The reply ends here, although it was not at its end.</exception>
    public void ThrowIfBroken()
    {
        if (_failure is { } failure) throw new IOException($"The service broke off its reply: {failure.Message}", failure);
    }

    async ValueTask StartAsync()
    {
        await _response.StartAsync();
        _head.TrySetResult(_response.ToMessage(_request, new ResponseReader(this, _pipe.Reader)));
    }

    void Break(Exception failure)
    {
        _failure ??= failure;
        _head.TrySetException(new HttpRequestException($"The service failed before it replied: {failure.Message}", failure));
        // Both sides may be waiting for the other; each sees then that it is over.
        _pipe.Reader.CancelPendingRead();
        _pipe.Writer.CancelPendingFlush();
    }
}
