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

    [Fact]
    public async Task RunAsync_QuestionChanged_TagsThatOneAgain()
    {
        const string Text = "What is 5 + 9?";
        FakeExpert tagger = Tagger(_ => "new, phrases");
        ProfileQuestion[] changed = [Questions[0] with { Question = Text }, Questions[1]];

        TagReport report = await TagAsync(tagger, changed, Earlier(["add", "sums"], ["reversal"]));

        Assert.Equal([["add", "new", "phrases"], ["reversal"]], report.Questions.Select(question => question.Skills));
        Assert.All(tagger.Requests, request => Assert.Equal(Text, request.Messages[0].Content));
    }

    [Fact]
    public async Task RunAsync_GivenSkillsChanged_KeepsTheTagsAloneAndAsksNothing()
    {
        FakeExpert tagger = Tagger(_ => "new, phrases");
        ProfileQuestion[] changed = [Questions[0] with { Skills = ["plus"] }, Questions[1]];

        TagReport report = await TagAsync(tagger, changed, Earlier(["add", "sums"], ["reversal"]));

        Assert.Equal([["plus", "sums"], ["reversal"]], report.Questions.Select(question => question.Skills));
        Assert.Empty(tagger.Calls);
    }

    [Fact]
    public async Task RunAsync_HandLabelsRemovedFromAnUntaggedQuestion_AreNoTags()
    {
        OutcomeTable untagged = new("", [], [new OutcomeRow("1", Questions[0].Question, ["add", "sums"], [])]);

        TagReport report = await TagAsync(Tagger(_ => "a, b"), Questions[..1], untagged);

        Assert.Equal(["add", "a", "b"], Assert.Single(report.Questions).Skills);
    }

    [Fact]
    public async Task RunAsync_PhrasesAreAllGiven_AreNotAskedForAgain()
    {
        TagReport first = await TagAsync(Tagger(_ => "add, add"), Questions[..1], OutcomeTable.Empty);
        OutcomeTable written = ProfilePlan.Merge(first.Questions, OutcomeTable.Empty, "");
        FakeExpert again = Tagger(_ => "other, phrases");

        TagReport second = await TagAsync(again, Questions[..1], written);

        Assert.Empty(again.Calls);
        Assert.Equal((1, "add"), (second.Kept, Assert.Single(second.Questions[0].Skills)));
    }

    [Fact]
    public async Task RunAsync_AgainAndTaggerFails_LosesNoTags()
    {
        FakeExpert broken = Tagger(_ => throw new ExpertException(ExpertFailure.LoadFailed, "scout", "no memory"));
        OutcomeTable earlier = Earlier(["add", "sums"], ["reversal"]);

        TagReport report = await TagAsync(broken, Questions, earlier, again: true);

        Assert.Equal([["add", "sums"], ["reversal"]], ProfilePlan.Merge(report.Questions, earlier, "").Rows.Select(row => row.Skills));
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

    /// <summary>What is not given is the tagger's; a row of given skills only was not tagged.</summary>
    static OutcomeTable Earlier(params string[][] skills)
    {
        return new("", [], [.. Questions.Zip(skills, Row)]);

        static OutcomeRow Row(ProfileQuestion question, string[] needed) => new(question.Id, question.Question, needed, [])
        {
            Tagged = needed.Length > question.Skills.Count ? [.. needed.Except(question.Skills)] : null,
        };
    }
}
