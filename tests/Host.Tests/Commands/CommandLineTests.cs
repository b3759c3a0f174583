using System.Diagnostics;

namespace Orchestrator.Host.Tests.Commands;

/// <summary>The real executable, as a user starts it.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Route_Question_PrintsExpertAndReasons()
    {
        var (code, output, _) = await RunAsync("route", "What is the capital of Finland?");

        Assert.Equal(0, code);
        Assert.Contains("by auto", output);
        Assert.Contains("1. ", output);
    }

    [Fact]
    public async Task Route_Wishes_AreWeighedOrRefused()
    {
        var (code, output, _) = await RunAsync("route", "What is 3 + 4?", "--policy", "thrifty", "--prefer", "size=0.3", "--licence", "none");
        var (refused, _, error) = await RunAsync("route", "What is 3 + 4?", "--policy", "thrifty", "--prefer", "colour=1");

        Assert.Equal(0, code);
        Assert.Contains("size at 0.3", output);
        Assert.Contains("No expert is known to have the licence none", output);
        Assert.Equal(2, refused);
        Assert.Contains("size, latency, cost and recency", error);
    }

    [Fact]
    public async Task Models_Zoo_ListsFacts()
    {
        var (code, output, _) = await RunAsync("models");

        Assert.Equal(0, code);
        Assert.Contains("generalist", output);
        Assert.Contains("llama", output);
    }

    [Fact]
    public async Task ModelsCheck_BadFile_SaysWhyAndFails()
    {
        using var file = new TemporaryFile("not a model");
        var (code, output, _) = await RunAsync("models", "check", file.Path);

        Assert.Equal(1, code);
        Assert.Contains(file.Path, output);
        Assert.Contains("GGUF", output);
    }

    [Fact]
    public async Task Serve_BadConfiguration_ListsEveryErrorWithItsLine()
    {
        using var file = new TemporaryFile("server:\n  prot: 1\nexperts:\n  - id: A B\n    file: a.gguf\n");
        var (code, _, error) = await RunAsync("serve", "--config", file.Path);

        Assert.Equal(2, code);
        Assert.Contains(":2:", error);
        Assert.Contains("prot", error);
        Assert.Contains(":4:", error);
    }

    [Fact]
    public async Task Serve_MissingConfiguration_NamesThePath()
    {
        var (code, _, error) = await RunAsync("serve", "--config", "/nowhere/orchestrator.yaml");

        Assert.Equal(2, code);
        Assert.Contains("/nowhere/orchestrator.yaml", error);
    }

    [Fact]
    public async Task Profile_BadQuestions_ListsEveryLineAndRunsNothing()
    {
        using var file = new TemporaryFile("{\"id\":\"1\"}\nnot json\n");
        var (code, _, error) = await RunAsync("profile", "--data", file.Path);

        Assert.Equal(2, code);
        Assert.Contains("1", error);
        Assert.Contains("2", error);
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://127.0.0.1:1/path")]
    public async Task Serve_BadUrls_IsOneMessage(string urls)
    {
        var (code, _, error) = await RunAsync("serve", "--urls", urls);

        Assert.Equal(2, code);
        Assert.Contains("http://", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Route_QuestionThatBeginsWithAt_IsAQuestion()
    {
        var (code, output, _) = await RunAsync("route", "@home: what is 1+1?");

        Assert.Equal(0, code);
        Assert.Contains("by auto", output);
    }

    [Fact]
    public async Task Profile_DataIsAFolder_IsOneMessage()
    {
        var (code, _, error) = await RunAsync("profile", "--data", Path.GetTempPath());

        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Command_Unknown_FailsWithHelp()
    {
        var (code, output, error) = await RunAsync("dance");

        Assert.Equal(2, code);
        Assert.Contains("dance", output + error);
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string content) => File.WriteAllText(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"orchestrator-{Guid.NewGuid():N}");

        public void Dispose() => File.Delete(Path);
    }
}
