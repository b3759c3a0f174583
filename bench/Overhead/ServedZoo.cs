using System.Diagnostics;

namespace Orchestrator.Bench.Overhead;

/// <summary><c>orchestrator serve</c> in a process of its own, so that what is allocated here is the client's.</summary>
sealed class ServedZoo : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Process _process;

    ServedZoo(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <exception cref="InvalidOperationException">It ended before it was ready.</exception>
    /// <exception cref="OperationCanceledException">It was not ready in time; no process is left.</exception>
    public static async Task<ServedZoo> StartAsync(string config, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "orchestrator.exe" : "orchestrator");
        var start = new ProcessStartInfo(program, ["serve", "--config", config, "--urls", $"{address}".TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var served = new ServedZoo(Process.Start(start)!, address);
        served._process.OutputDataReceived += (_, _) => { };
        served._process.BeginOutputReadLine();
        try
        {
            await served.BecomesReadyAsync(cancellationToken);
            return served;
        }
        catch
        {
            served.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    async Task BecomesReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsReadyAsync(http, patience.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"orchestrator serve ended with {_process.ExitCode} before it was ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync("/ready", cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
