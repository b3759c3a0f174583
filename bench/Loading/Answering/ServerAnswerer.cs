using System.Net.Http.Json;
using Orchestrator.Bench.Loading.Experts;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>llama-server's router, asked over HTTP.</summary>
sealed class ServerAnswerer : IAnswerer
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    readonly ServerProcess _process;
    readonly HttpClient _http;
    readonly TimeProvider _time;

    ServerAnswerer(ServerProcess process, TimeProvider time)
    {
        _process = process;
        _time = time;
        // Each request brings its own deadline.
        _http = new HttpClient { BaseAddress = process.Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => "llama-server";

    public int Loads => _process.Loads;

    public long ProcessBytes => ProcessMemory.TreeBytes(_process.Id);

    public double ProcessorSeconds => ProcessorTime.TreeSeconds(_process.Id);

    public static async Task<ServerAnswerer> StartAsync(
        LoadingOptions options, ExpertSet experts, int loaded, int concurrency, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var server = new ServerAnswerer(new ServerProcess(options, experts, loaded, concurrency), time);
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<Answer> AskAsync(string expert, string prompt, int tokens, CancellationToken cancellationToken)
    {
        var clock = new AnswerClock(_time);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = expert,
                messages = new[] { new { role = "user", content = prompt } },
                max_tokens = tokens,
                temperature = 0,
                stream = true,
                stream_options = new { include_usage = true },
            }),
        };
        using HttpResponseMessage response =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(await response.Content.ReadAsStringAsync(cancellationToken));
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await CompletionStream.ReadAsync(stream, clock, cancellationToken);
        return clock.Stop();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (!await IsHealthyAsync(cancellationToken))
        {
            if (_process.HasExited || _time.GetElapsedTime(start) > StartTimeout)
                throw new InvalidOperationException($"llama-server does not start:\n{_process.LastLines}");
            await Task.Delay(Poll, _time, cancellationToken);
        }
    }

    async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
