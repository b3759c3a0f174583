using System.Diagnostics;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>A server that is told to stop, or killed, while clients wait.</summary>
public sealed class ServeTerminationTests
{
    /// <summary>Together more than two seconds of decoding, one after the other.</summary>
    const int Clients = 10;
    const int Context = 4096;

    [Fact]
    public async Task Terminate_RequestsRunning_AnswersThemAllFirst()
    {
        using var folder = new TemporaryFolder();
        TinyGguf.Saying("abcdef", ends: false, context: Context).Save(folder.Path, "endless.gguf");
        await File.WriteAllTextAsync(folder.File("pool.yaml"), "engine: { threads: 1 }\nexperts:\n  - { id: endless, file: endless.gguf, max_sequences: 1 }\n");
        using var server = Start(folder.File("pool.yaml"));
        using var http = new HttpClient { BaseAddress = await AddressAsync(server), Timeout = TimeSpan.FromMinutes(2) };
        await ReadyAsync(http);
        _ = server.StandardOutput.ReadToEndAsync();

        var first = await http.SendAsync(Streamed(), HttpCompletionOption.ResponseHeadersRead);
        var others = Enumerable.Range(1, Clients - 1).Select(_ => http.ChatAsync("endless", "go")).ToArray();
        while (!await EveryoneIsInAsync(http)) await Task.Delay(TimeSpan.FromMilliseconds(5));
        using (Process.Start("kill", ["-TERM", server.Id.ToString()])) { }

        Assert.Equal("[DONE]", (await first.ReadEventsAsync())[^1]);
        foreach (var other in others) Assert.NotEmpty(await (await other).ReadAnswerAsync());
        await server.WaitForExitAsync();
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Kill_WhileStreaming_StartsAgainOnTheSamePortAndFiles()
    {
        using var folder = new TemporaryFolder();
        TinyGguf.Saying("abcdef", ends: false, context: Context).Save(folder.Path, "endless.gguf");
        await File.WriteAllTextAsync(
            folder.File("pool.yaml"), "engine: { threads: 1 }\nexperts:\n  - { id: endless, file: endless.gguf }\n");
        using var killed = Start(folder.File("pool.yaml"));
        var address = await AddressAsync(killed);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        await ReadyAsync(http);
        using var stream = await http.SendAsync(Streamed(), HttpCompletionOption.ResponseHeadersRead);
        killed.Kill();
        await killed.WaitForExitAsync();
        var left = Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order().ToArray();

        using var again = Start(folder.File("pool.yaml"), address.ToString());
        try
        {
            await AddressAsync(again);
            await ReadyAsync(http);
            using var answer = await http.ChatAsync("endless", "go", "\"max_tokens\":6");
            Assert.Equal("abcdef", await answer.ReadAnswerAsync());
            Assert.Equal(["endless.gguf", "pool.yaml"], left);
        }
        finally
        {
            again.Kill();
        }
    }

    static async Task ReadyAsync(HttpClient http)
    {
        while (!(await http.GetAsync("/ready")).IsSuccessStatusCode) await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    static HttpRequestMessage Streamed() => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Content = ChatCalls.Json(ChatCalls.Body("endless", "go", "\"stream\":true")),
    };

    static async Task<bool> EveryoneIsInAsync(HttpClient http)
    {
        var expert = await (await http.GetAsync("/v1/models/endless")).ReadJsonAsync();
        var details = expert.GetProperty("orchestrator");
        return details.GetProperty("active_requests").GetInt32() + details.GetProperty("waiting_requests").GetInt32() == Clients;
    }

    static Process Start(string config, string urls = "http://127.0.0.1:0") => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"), ["serve", "--config", config, "--urls", urls])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

    static async Task<Uri> AddressAsync(Process server)
    {
        const string Mark = "Now listening on: ";
        while (await server.StandardOutput.ReadLineAsync() is { } line)
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Mark.Length)..]);
        throw new InvalidOperationException("The server ended without listening.");
    }
}
