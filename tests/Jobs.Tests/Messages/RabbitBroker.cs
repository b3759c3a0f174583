using System.Diagnostics;

namespace Orchestrator.Jobs.Tests.Messages;

/// <summary>A real RabbitMQ of its own, run by <c>rabbitmq.sh</c>.</summary>
sealed class RabbitBroker : IDisposable
{
    readonly Process _process;

    RabbitBroker(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Address => $"amqp://guest:guest@127.0.0.1:{Port}/";

    /// <exception cref="InvalidOperationException">It does not start, or there is none on this machine.</exception>
    public static async Task<RabbitBroker> StartAsync()
    {
        string script = Path.Combine(TestKit.Repository.Root, "tests/Jobs.Tests/Messages/rabbitmq.sh");
        Process process = Process.Start(new ProcessStartInfo("bash", [script])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        string first = await process.StandardOutput.ReadLineAsync() ?? "";
        if (first.Split(' ') is ["listening", var port]) return new RabbitBroker(process, int.Parse(port));
        string rest = await process.StandardOutput.ReadToEndAsync();
        throw new InvalidOperationException($"RabbitMQ does not start: {first}\n{rest}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
