using Orchestrator.Experts;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Profiling.Answers;

public sealed class RecordedProfileTests : IDisposable
{
    static readonly ProfileQuestion One = new() { Id = "1", Question = "one?", Reference = "1" };
    static readonly ProfileQuestion Two = new() { Id = "2", Question = "two?", Reference = "2" };

    readonly TemporaryFolder _folder = new();

    string Outcomes => _folder.File("outcomes.jsonl");

    string Answers => _folder.File("answers.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_Answers_AreRecordedWordByWordWithTheirScores()
    {
        await RunAsync(
            [One, Two], new FakeExpert("a", _ => "so Answer: 1"), new FakeExpert("b", question => $"{question} Answer: 2"));

        Assert.Equal(
            [
                new("1", "a", "so Answer: 1", 1), new("2", "a", "so Answer: 1", 0),
                new("1", "b", "one? Answer: 2", 0), new("2", "b", "two? Answer: 2", 1),
            ],
            AnswerFile.Read(Answers).Answers);
    }

    [Fact]
    public async Task RunAsync_WithoutAFile_RecordsNothing()
    {
        ProfileReport report = await RunAsync([One], new ProfileOptions(), new FakeExpert("a", _ => "Answer: 1"));

        Assert.Null(report.Answers);
        Assert.False(File.Exists(Answers));
    }

    [Fact]
    public async Task RunAsync_ProfiledBeforeRecording_IsToldAndNotAskedAgain()
    {
        await RunAsync([One, Two], new ProfileOptions(), new FakeExpert("a", _ => "Answer: 1"));
        FakeExpert again = new("a", _ => "Answer: 1");

        ProfileReport report = await RunAsync([One, Two], again, new FakeExpert("b", _ => "Answer: 1"));

        Assert.Empty(again.Calls);
        Assert.Equal([new MissingAnswers("a", 2)], report.Unrecorded);
        Assert.All(AnswerFile.Read(Answers).Answers, answer => Assert.Equal("b", answer.Expert));
    }

    [Fact]
    public async Task RunAsync_Redone_ReplacesAndFillsIn()
    {
        await RunAsync([One], new ProfileOptions(), new FakeExpert("a", _ => "Answer: 0"));

        ProfileReport report = await RunAsync(
            [One], new ProfileOptions { Answers = Answers, Redo = true }, new FakeExpert("a", _ => "Answer: 1"));

        Assert.Empty(report.Unrecorded);
        Assert.Equal(new RecordedAnswer("1", "a", "Answer: 1", 1), Assert.Single(AnswerFile.Read(Answers).Answers));
    }

    [Fact]
    public async Task RunAsync_OtherQuestions_KeepTheirAnswersAsTheirOutcomes()
    {
        await RunAsync([One], new FakeExpert("a", _ => "Answer: 1"));

        ProfileReport report = await RunAsync([Two], new FakeExpert("a", _ => "Answer: 2"));

        Assert.Equal(["1", "2"], AnswerFile.Read(Answers).Answers.Select(answer => answer.Id));
        Assert.Equal("2", Assert.Single(report.Answers!.Answers).Id);
        Assert.Equal(2, OutcomeFile.Read(Outcomes).Rows.Count);
    }

    [Fact]
    public async Task RunAsync_OtherOutcomeTable_LeavesTheAnswersThatItDoesNotKnow()
    {
        await RunAsync([One], new FakeExpert("a", _ => "Answer: 1"), new FakeExpert("b", _ => "Answer: 3"));

        await new ProfileJob(new ProfileOptions { Answers = Answers })
            .RunAsync([new FakeExpert("a", _ => "Answer: 2")], [One, Two], _folder.File("other.jsonl"), "questions");

        Assert.Equal(
            [("1", "a", "Answer: 2"), ("2", "a", "Answer: 2"), ("1", "b", "Answer: 3")],
            AnswerFile.Read(Answers).Answers.Select(answer => (answer.Id, answer.Expert, answer.Text)));
    }

    [Fact]
    public async Task RunAsync_Replace_DropsTheAnswersToOtherQuestions()
    {
        await RunAsync([One], new FakeExpert("a", _ => "Answer: 1"));

        await RunAsync([Two], new ProfileOptions { Answers = Answers, Replace = true }, new FakeExpert("a", _ => "Answer: 2"));

        Assert.Equal("2", Assert.Single(AnswerFile.Read(Answers).Answers).Id);
    }

    [Fact]
    public async Task RunAsync_ReferenceChanged_KeepsTheOutcomeAndCountsIt()
    {
        await RunAsync([One, Two], new FakeExpert("a", _ => "Answer: 1"));
        FakeExpert again = new("a", _ => "Answer: 1");

        ProfileReport report = await RunAsync([One with { Reference = "one" }, Two], again);

        Assert.Equal((0, 1), (again.Calls.Count, report.Regraded));
        Assert.Equal(1, report.Table.Rows[0].Outcomes[0]!.Value.Score);
    }

    [Fact]
    public async Task RunAsync_QuestionChanged_ForgetsWhatOthersSaidToTheOldOne()
    {
        await RunAsync([One], new FakeExpert("a", _ => "Answer: 1"), new FakeExpert("b", _ => "Answer: 1"));

        await RunAsync([One with { Question = "uno?" }], new FakeExpert("a", _ => "Answer: 3"));

        Assert.Equal(new RecordedAnswer("1", "a", "Answer: 3", 0), Assert.Single(AnswerFile.Read(Answers).Answers));
    }

    [Fact]
    public async Task RunAsync_QuestionThatAnExpertCannotTake_LeavesNoTextAndIsNotMissing()
    {
        ProfileReport report = await RunAsync(
            [One, Two], new FakeExpert("a", question => question == "one?" ? throw TooLong() : "Answer: 2"));

        Assert.Equal("2", Assert.Single(report.Answers!.Answers).Id);
        Assert.Empty(report.Unrecorded);
    }

    [Fact]
    public async Task RunAsync_ExpertFails_TheOthersAnswersAreKept()
    {
        FakeExpert broken = new("a", _ => throw new ExpertException(ExpertFailure.LoadFailed, "a", "no disk"));

        await RunAsync([One], broken, new FakeExpert("b", _ => "Answer: 1"));

        Assert.Equal("b", Assert.Single(AnswerFile.Read(Answers).Answers).Expert);
    }

    [Fact]
    public async Task RunAsync_BrokenAnswerFile_AsksNobody()
    {
        await File.WriteAllTextAsync(Answers, "nonsense");
        FakeExpert expert = new("a", _ => "Answer: 1");

        await Assert.ThrowsAsync<AnswerFileException>(() => RunAsync([One], expert));

        Assert.Empty(expert.Calls);
    }

    static ExpertException TooLong() => new(ExpertFailure.PromptTooLong, "a", "9 tokens too many");

    Task<ProfileReport> RunAsync(ProfileQuestion[] questions, params FakeExpert[] experts) =>
        RunAsync(questions, new ProfileOptions { Answers = Answers }, experts);

    Task<ProfileReport> RunAsync(ProfileQuestion[] questions, ProfileOptions options, params FakeExpert[] experts) =>
        new ProfileJob(options).RunAsync(experts, questions, Outcomes, "questions");
}
