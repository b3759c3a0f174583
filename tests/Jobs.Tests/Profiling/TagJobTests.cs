using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Tests.Profiling;

public sealed class TagJobTests
{
    static readonly ProfileQuestion[] Questions =
    [
        new() { Id = "1", Question = "What is 5 + 8?", Reference = "13", Skills = ["add"] },
        new() { Id = "2", Question = "Reverse ABC.", Reference = "CBA" },
    ];

    [Fact]
    public async Task RunAsync_NewQuestions_GetTheirSkillsAndThePhrases()
    {
        TagReport report = await TagAsync(Tagger(question => $"add, about {question[0]}"), Questions, OutcomeTable.Empty);

        Assert.Equal(["add", "about w"], report.Questions[0].Skills);
        Assert.Equal(["add", "about r"], report.Questions[1].Skills);
        Assert.Equal((0, 2, 0, 0), (report.Kept, report.Tagged.Count, report.Failed, report.Without));
        Assert.Equal("13", report.Questions[0].Reference);
    }

    [Fact]
    public async Task RunAsync_TaggedBefore_KeepsThemAndAsksNothing()
    {
        FakeExpert tagger = Tagger(_ => "other, phrases");

        TagReport report = await TagAsync(tagger, Questions, Earlier(["add", "sums"], ["reversal"]));

        Assert.Equal([["add", "sums"], ["reversal"]], report.Questions.Select(question => question.Skills));
        Assert.Equal((2, 0), (report.Kept, tagger.Calls.Count));
    }

    [Theory]
    [InlineData("What is 5 + 9?", "add")]
    [InlineData("What is 5 + 8?", "sum")]
    public async Task RunAsync_QuestionOrGivenSkillsChanged_TagsThatOneAgain(string text, string skill)
    {
        FakeExpert tagger = Tagger(_ => "new, phrases");
        ProfileQuestion[] changed = [Questions[0] with { Question = text, Skills = [skill] }, Questions[1]];

        TagReport report = await TagAsync(tagger, changed, Earlier(["add", "sums"], ["reversal"]));

        Assert.Equal([[skill, "new", "phrases"], ["reversal"]], report.Questions.Select(question => question.Skills));
        Assert.All(tagger.Requests, request => Assert.Equal(text, request.Messages[0].Content));
    }

    [Fact]
    public async Task RunAsync_Again_TagsAll() =>
        Assert.Equal(0, (await TagAsync(Tagger(_ => "a, b"), Questions, Earlier(["add", "sums"], ["reversal"]), again: true)).Kept);

    [Fact]
    public async Task RunAsync_EarlierRowHasOnlyTheGivenSkills_WasNotTagged() =>
        Assert.Equal(1, (await TagAsync(Tagger(_ => "a, b"), Questions, Earlier(["add"], ["reversal"]))).Kept);

    [Fact]
    public async Task RunAsync_TaggerFails_LeavesTheSkillsAsGivenAndSaysWhy()
    {
        FakeExpert tagger = Tagger(_ => throw new ExpertException(ExpertFailure.LoadFailed, "scout", "no memory"));

        TagReport report = await TagAsync(tagger, Questions, OutcomeTable.Empty);

        Assert.Equal([["add"], []], report.Questions.Select(question => question.Skills));
        Assert.Equal((2, "The tagger scout could not answer: no memory"), (report.Failed, report.Problem));
    }

    static FakeExpert Tagger(Func<string, string> answer) => new("scout", answer);

    static Task<TagReport> TagAsync(
        FakeExpert expert, IReadOnlyList<ProfileQuestion> questions, OutcomeTable earlier, bool again = false) =>
        new TagJob(new SkillTagger(expert, trained: true, new TaggerConfig())).RunAsync(questions, earlier, again);

    static OutcomeTable Earlier(params string[][] skills) =>
        new("", [], [.. Questions.Zip(skills, (question, needed) => new OutcomeRow(question.Id, question.Question, needed, []))]);
}
