using System.Diagnostics;
using System.Globalization;
using Orchestrator.Bench.Loading.Experts;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>llama-server in router mode on a free port of the loopback, ended with this object and with this process.</summary>
sealed class ServerProcess : IDisposable
{
    const string LoadMark = "spawning server instance with name=";
    const int KeptLines = 20;

    readonly Process _process;
    readonly Queue<string> _lastLines = new();
    int _loads;

    /// <param name="loaded">Models that it holds at once; it counts models, not bytes.</param>
    public ServerProcess(LoadingOptions options, ExpertSet experts, int loaded, int concurrency)
    {
        int port = LoopbackPort.Free();
        Address = new Uri($"http://127.0.0.1:{port}");
        string[] arguments =
        [
            "--models-dir", experts.Folder, "--models-max", Text(loaded), "--host", "127.0.0.1", "--port", Text(port),
            "-t", Text(options.Threads), "-np", Text(options.Sequences), "-c", Text(options.Sequences * options.Context),
            // A waiting request holds one of these threads; it must not wait for that.
            "--threads-http", Text(Math.Max(concurrency, options.Sequences) + 8),
            .. options.ServerArguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(options.Server!, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Instances that the log tells of.</summary>
    public int Loads => _loads;

    public bool HasExited => _process.HasExited;

    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Join('\n', _lastLines);
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Kill();
        _process.Dispose();
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    void OnExit(object? sender, EventArgs e) => Kill();

    void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    void Read(string? line)
    {
        if (line is null)
            return;
        if (line.Contains(LoadMark, StringComparison.Ordinal))
            Interlocked.Increment(ref _loads);
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
                _lastLines.Dequeue();
        }
    }
}
