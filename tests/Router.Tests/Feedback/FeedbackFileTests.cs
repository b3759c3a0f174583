using Orchestrator.Router.Feedback;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Feedback;

public sealed class FeedbackFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly List<string> _warnings = [];

    string Path => _folder.File("state/feedback.jsonl");

    [Fact]
    public void Open_AfterAppend_HasTheSameRows()
    {
        FeedbackRow row = Verdicts.Of("a", "Wie spät?\n\"jetzt\"", "x", 0.25, "1");
        using (FeedbackFile file = FeedbackFile.Open(Path, _warnings.Add).File)
            file.Append([row, row with { Request = "2" }]);

        (FeedbackFile again, IReadOnlyList<FeedbackRow> read) = FeedbackFile.Open(Path, _warnings.Add);
        again.Dispose();

        Assert.Empty(_warnings);
        Assert.Equal(["1", "2"], read.Select(r => r.Request));
        Assert.Equal((row.Client, row.Question, row.At), (read[0].Client, read[0].Question, read[0].At));
        Assert.Equal(row.Scores, read[0].Scores);
    }

    [Fact]
    public void Open_TornLastLine_IsRemovedWithAWarningAndWrittenOver()
    {
        using (FeedbackFile file = FeedbackFile.Open(Path, _warnings.Add).File)
            file.Append([Verdicts.Of("a", "q", "x", 1, "1")]);
        File.AppendAllText(Path, "{\"request\":\"2\",\"cli");

        using (FeedbackFile file = FeedbackFile.Open(Path, _warnings.Add).File)
            file.Append([Verdicts.Of("a", "q", "x", 1, "3")]);

        Assert.Contains("cut off", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Equal(["1", "3"], Reopened());
        Assert.Single(_warnings);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"request":"1","client":"a","question":"q","scores":{},"at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"request":"1","client":"a","question":"q","scores":{"x":1.5},"at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"request":"1","client":null,"question":"q","scores":{"x":1},"at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"request":"1","question":"q","scores":{"x":1},"at":"2026-01-01T00:00:00Z"}""")]
    public void Open_BadLine_IsPassedOverWithItsNumber(string line)
    {
        using (FeedbackFile file = FeedbackFile.Open(Path, _warnings.Add).File)
            file.Append([Verdicts.Of("a", "q", "x", 1, "1")]);
        File.AppendAllText(Path, line + "\n");

        Assert.Equal(["1"], Reopened());
        Assert.Contains("line 2", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhileOpen_IsRefused()
    {
        using FeedbackFile file = FeedbackFile.Open(Path, _warnings.Add).File;

        Assert.ThrowsAny<IOException>(() => FeedbackFile.Open(Path, _warnings.Add));
    }

    public void Dispose() => _folder.Dispose();

    string[] Reopened()
    {
        (FeedbackFile file, IReadOnlyList<FeedbackRow> rows) = FeedbackFile.Open(Path, _warnings.Add);
        file.Dispose();
        return [.. rows.Select(row => row.Request)];
    }
}
