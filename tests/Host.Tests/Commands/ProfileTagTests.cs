using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary><c>profile --tag</c> and <c>route --skills</c> in the real executable, on tiny models.</summary>
public sealed class ProfileTagTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Profile_Tag_WritesTheTaggersPhrasesOnceForEachQuestion()
    {
        var config = Configure("tagger: {expert: scout, temperature: 0}");
        var data = Question("1", "What is 6 + 7?");

        var (code, output, error) = await RunAsync("profile", "--data", data, "--tag", "--config", config);

        Assert.True(code == 0, error);
        Assert.Contains("1 questions x 1 experts", output);
        Assert.Contains("scout: 1 questions tagged (0 without a phrase that recurs), 0 kept", error);
        var row = Assert.Single(OutcomeFile.Read(_folder.File("outcomes.jsonl")).Rows);
        Assert.Equal(["sums", "ad", "be"], row.Skills);
        Assert.Equal(1, row.Outcomes[0]!.Value.Score);

        var (_, _, again) = await RunAsync("profile", "--data", data, "--tag", "--config", config);
        Assert.Contains("scout: 0 questions tagged (0 without a phrase that recurs), 1 kept", again);

        await RunAsync("profile", "--data", data, "--config", config);
        Assert.Equal(["sums", "ad", "be"], Assert.Single(OutcomeFile.Read(_folder.File("outcomes.jsonl")).Rows).Skills);

        var (_, plan, _) = await RunAsync("route", "Six and seven?", "--policy", "auto", "--skills", "be, juggling", "--config", config);
        Assert.Contains("Skills as given: be.", plan);
        Assert.Contains("'juggling'", plan);
    }

    [Fact]
    public async Task Profile_TagWithoutTagger_SaysWhatToSet()
    {
        var (code, _, error) = await RunAsync("profile", "--data", Question("1", "?"), "--tag", "--config", Configure("tagger: null"));

        Assert.Equal(2, code);
        Assert.Contains("router.tagger.expert", error);
    }

    [Fact]
    public async Task Profile_TaggerOutOfService_FailsBeforeAnyExpertIsAsked()
    {
        var config = Configure("tagger: {expert: scout}");
        File.WriteAllText(_folder.File("scout.gguf"), "not a model");

        var (code, _, error) = await RunAsync("profile", "--data", Question("1", "?"), "--tag", "--config", config);

        Assert.Equal(1, code);
        Assert.Contains("1 questions could not be tagged, the first: The tagger scout could not answer", error);
        Assert.False(File.Exists(_folder.File("outcomes.jsonl")));
    }

    public void Dispose() => _folder.Dispose();

    string Configure(string tagger)
    {
        TinyGguf.Saying("13").Save(_folder.Path, "sum.gguf");
        TinyGguf.Saying("ad, be").Save(_folder.Path, "scout.gguf");
        File.WriteAllText(_folder.File("config.yaml"), $"""
            router:
              outcomes: outcomes.jsonl
              {tagger}
            policies:
              auto: {"{strategy: symbolic-moe}"}
            experts:
              - id: sum
                file: sum.gguf
              - id: scout
                file: scout.gguf
                purpose: tag
            """);
        return _folder.File("config.yaml");
    }

    string Question(string id, string text)
    {
        var path = _folder.File("questions.jsonl");
        File.WriteAllText(path, JsonSerializer.Serialize(
            new { id, question = text, reference = "13", grader = "exact", skills = (string[])["sums"] }));
        return path;
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
