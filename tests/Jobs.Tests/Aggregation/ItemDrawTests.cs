using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;

namespace Orchestrator.Jobs.Tests.Aggregation;

public sealed class ItemDrawTests
{
    static readonly HashSet<string> Experts = ["a", "b", "c", "d"];

    [Fact]
    public void Draw_OneRightTwoWrong_GivesOneItem()
    {
        AggregationItem item = Assert.Single(Draw([Question("1")], Said("1", "Answer: 7", "Answer: 8", "Answer: 9")));

        Assert.Equal("Answer: 7", item.Right.Text);
        Assert.Equal(["Answer: 8", "Answer: 9"], new[] { item.Wrong.Text, item.OtherWrong.Text }.Order());
    }

    [Theory]
    [InlineData("Answer: 8", "Answer: 9", "Answer: 6")]
    [InlineData("Answer: 7", "Answer: 7", "Answer: 6")]
    [InlineData("Answer: 7", "Answer: 6", " ")]
    [InlineData("Answer: 7", "Answer: 6", "<think>hm</think>")]
    public void Draw_NoRightOrFewerThanTwoWrong_GivesNone(params string[] texts) =>
        Assert.Empty(Draw([Question("1")], Said("1", texts)));

    [Fact]
    public void Draw_WrongAnswers_DifferWhereTheyCan()
    {
        AnswerBook answers = Said("1", "Answer: 7", "Answer: 8", "so Answer: 8", "Answer: 9");
        foreach (int seed in Enumerable.Range(0, 20))
        {
            AggregationItem item = Assert.Single(Draw([Question("1")], answers, new AggregationOptions { Seed = seed }));

            Assert.Contains("Answer: 9", new[] { item.Wrong.Text, item.OtherWrong.Text });
        }
    }

    [Fact]
    public void Draw_Grading_IsTheQuestionsOwnAndNew()
    {
        // The file says that all of them were wrong; the reference has changed since.
        ProfileQuestion question = Question("1") with { Grader = "contains", Reference = "nine" };

        AggregationItem item = Assert.Single(Draw([question], Said("1", "Answer: 7", "it is nine, I think", "Answer: 8")));

        Assert.Equal("it is nine, I think", item.Right.Text);
    }

    [Fact]
    public void Draw_ExpertsThatAreGone_AreNotUsed()
    {
        AnswerBook answers = Said("1", "Answer: 7", "Answer: 8", "Answer: 9");
        HashSet<string> left = ["a", "b"];

        Assert.Empty(ItemDraw.Draw([Question("1")], answers, left, new AggregationOptions()));
    }

    [Fact]
    public void Draw_MoreThanWanted_SpreadsOverTheSkills()
    {
        ProfileQuestion[] questions =
        [
            .. Enumerable.Range(0, 20).Select(i => Question($"add{i}", "add")),
            Question("sort", "sort"), Question("free"),
        ];

        IReadOnlyList<AggregationItem> items = Draw(questions, All(questions), new AggregationOptions { Items = 5 });

        Assert.Equal(5, items.Count);
        Assert.Equal(3, items.Count(item => item.Question.Skills is ["add"]));
        Assert.Contains(items, item => item.Question.Id == "sort");
        Assert.Contains(items, item => item.Question.Id == "free");
    }

    [Fact]
    public void Draw_SameSeed_SameItemsAndAnotherSeedOthers()
    {
        ProfileQuestion[] questions = [.. Enumerable.Range(0, 40).Select(i => Question($"{i}", "add"))];
        AnswerBook answers = All(questions);

        string Drawn(int seed) => ItemSet.Of(Draw(questions, answers, new AggregationOptions { Items = 10, Seed = seed })).Fingerprint;

        Assert.Equal(Drawn(1), Drawn(1));
        Assert.NotEqual(Drawn(1), Drawn(2));
    }

    static IReadOnlyList<AggregationItem> Draw(
        ProfileQuestion[] questions, AnswerBook answers, AggregationOptions? options = null) =>
        ItemDraw.Draw(questions, answers, Experts, options ?? new AggregationOptions());

    static ProfileQuestion Question(string id, params string[] skills) =>
        new() { Id = id, Question = $"{id}: 3 + 4?", Reference = "7", Skills = skills };

    static AnswerBook All(ProfileQuestion[] questions) => new(
        [.. questions.SelectMany(question => Said(question.Id, "Answer: 7", "Answer: 8", "Answer: 9").Answers)]);

    static AnswerBook Said(string id, params string[] texts) => new(
        [.. texts.Zip(["a", "b", "c", "d"], (text, expert) => new RecordedAnswer(id, expert, text, 0))]);
}
