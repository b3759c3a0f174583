using Microsoft.AspNetCore.Http.Features;

namespace Orchestrator.Host.InMemory;

/// <summary>Status and headers, until they leave; and what the pipeline wants done before and after the reply.</summary>
sealed class ResponseHead : HttpResponseFeature
{
    readonly Stack<(Func<object, Task> Callback, object State)> _starting = new(0);
    readonly Stack<(Func<object, Task> Callback, object State)> _completed = new(0);
    bool _started;

    public override bool HasStarted => _started;

    public override void OnStarting(Func<object, Task> callback, object state)
    {
        if (_started) throw new InvalidOperationException("The reply has begun: nothing can be done before it any more.");
        _starting.Push((callback, state));
    }

    public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public async ValueTask StartAsync()
    {
        while (_starting.TryPop(out var first)) await first.Callback(first.State);
        _started = true;
        ((HeaderDictionary)Headers).IsReadOnly = true;
    }

    public async ValueTask CompleteAsync()
    {
        while (_completed.TryPop(out var last)) await last.Callback(last.State);
    }

    public HttpResponseMessage ToMessage(HttpRequestMessage request, Stream body)
    {
        var message = new HttpResponseMessage((System.Net.HttpStatusCode)StatusCode)
        {
            RequestMessage = request,
            ReasonPhrase = ReasonPhrase,
            Content = new StreamContent(body),
        };
        foreach (var (name, values) in Headers)
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        return message;
    }
}
