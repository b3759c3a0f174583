using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Bench.Overhead;

/// <summary><c>orchestrator serve</c> in a process of its own, so that what is allocated here is the client's.</summary>
sealed class ServedZoo : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Process _process;

    ServedZoo(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <exception cref="TimeoutException">It was not ready in time.</exception>
    public static async Task<ServedZoo> StartAsync(string config, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "orchestrator.exe" : "orchestrator");
        var start = new ProcessStartInfo(program, ["serve", "--config", config, "--urls", $"{address}".TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var served = new ServedZoo(Process.Start(start)!, address);
        served._process.OutputDataReceived += (_, _) => { };
        served._process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = address };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsReadyAsync(http, patience.Token))
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        return served;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
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

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
