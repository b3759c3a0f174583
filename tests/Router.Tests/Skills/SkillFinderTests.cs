using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills;
using Orchestrator.Router.Skills.Tagging;
using Orchestrator.Router.Strategies;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Skills;

public sealed class SkillFinderTests
{
    static readonly OutcomeTable Phrases = SkillTables.Needing(["antonyms"], ["capitals of countries"], ["roman numerals"]);

    [Fact]
    public void Find_GivenPhrase_IsTheSkillWrittenMostLikeIt()
    {
        QuestionSkills found = Find(Phrases, Asking("antonym", "Roman numerals"));

        Assert.Equal([0, 2], found.Skills);
        Assert.Equal(["Skills as given: 'antonym' as antonyms, roman numerals."], found.Reasons);
    }

    [Fact]
    public void Find_TwoPhrasesForOneSkill_CountOnce() =>
        Assert.Equal([1], Find(Phrases, Asking("capital of a country", "capitals of countries", "CAPITALS OF COUNTRIES")).Skills);

    [Fact]
    public void Find_PhraseBelowTheFloor_IsNamedAsUnknown()
    {
        QuestionSkills found = Find(Phrases, Asking("juggling", "antonyms"));

        Assert.Equal([0], found.Skills);
        Assert.Equal("Skills as given: antonyms.", found.Reasons[0]);
        Assert.Matches(@"^Unknown skills, below 0\.5: 'juggling' \(nearest is [a-z ]+ at -?0\.\d\d\)\.$", found.Reasons[1]);
    }

    [Fact]
    public void Find_Floor_DecidesWhatIsKnown()
    {
        ProfiledQuestion question = Asking("antonym");

        Assert.StartsWith("Skills as given", Find(Phrases, question, floor: 0.3).Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("Unknown skills, below 1", Find(Phrases, question, floor: 1).Reasons[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OnlyUnknownPhrases_AsksTheNeighboursAndSaysSo()
    {
        QuestionSkills found = Find(Phrases, Near(0.1f, 0.2f, 0.9f) with { Skills = ["juggling"] });

        Assert.Equal([2], found.Skills);
        Assert.Equal(2, found.Reasons.Count);
        Assert.StartsWith("Unknown skills, below 0.5: 'juggling'", found.Reasons[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("日本語")]
    public void Find_PhraseWithoutAnythingKnown_IsUnknown(string phrase) =>
        Assert.StartsWith("Unknown skills", Find(Phrases, Asking(phrase)).Reasons[^1], StringComparison.Ordinal);

    [Fact]
    public void Find_Neighbours_KeepsTheSkillsThatRecur()
    {
        OutcomeTable table = SkillTables.Needing(["a", "b"], ["b"], ["c", "a"], ["b"], ["c"]);

        QuestionSkills found = Find(table, Near(0.9f, 0.8f, 0.7f, 0.6f, 0.1f), neighbours: 4);

        Assert.Equal([1, 0], found.Skills);
        Assert.Equal(["Skills that recur in the 4 nearest profiled questions: b (3), a (2)."], found.Reasons);
    }

    [Fact]
    public void Find_ManySkillsRecur_KeepsFive()
    {
        string[] seven = ["a", "b", "c", "d", "e", "f", "g"];

        Assert.Equal([0, 1, 2, 3, 4], Find(SkillTables.Needing(seven, seven), Near(1, 1)).Skills);
    }

    [Fact]
    public void Find_NothingRecurs_TakesTheNearestThatHasSkills()
    {
        QuestionSkills found = Find(SkillTables.Needing([], ["b"], ["a"]), Near(0.9f, 0.8f, 0.7f));

        Assert.Equal([1], found.Skills);
        Assert.Equal(["No skill recurs in the 3 nearest profiled questions; the nearest one needs b."], found.Reasons);
    }

    [Fact]
    public void Find_NeighboursWithoutSkills_CountsAllSkills()
    {
        QuestionSkills found = Find(SkillTables.Needing([], ["b"], ["a"]), Near(0.9f, 0.1f, 0), neighbours: 1);

        Assert.Equal([0, 1], found.Skills);
        Assert.Equal(["No skill was recognised, so all of the profile count."], found.Reasons);
    }

    [Fact]
    public void Find_TaggedQuestion_TakesTheTaggersPhrasesAndSaysSo()
    {
        QuestionSkills found = Find(Phrases, Near(0, 0, 0.9f) with { Tagged = Tagged("antonym", "juggling") });

        Assert.Equal([0], found.Skills);
        Assert.Equal("Skills by the tagger scout (recurring in 5 answers): 'antonym' as antonyms.", found.Reasons[0]);
        Assert.StartsWith("Unknown skills, below 0.5: 'juggling'", found.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Find_GivenAndTagged_TakesThoseGiven()
    {
        QuestionSkills found = Find(Phrases, Asking("antonyms") with { Tagged = Tagged("roman numerals") });

        Assert.Equal(["Skills as given: antonyms."], found.Reasons);
    }

    [Fact]
    public void Find_GivenUnknown_TakesTheTaggers()
    {
        QuestionSkills found = Find(Phrases, Asking("juggling") with { Tagged = Tagged("roman numerals") });

        Assert.Equal([2], found.Skills);
        Assert.StartsWith("Skills by the tagger scout", found.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("Unknown skills, below 0.5: 'juggling'", found.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TaggerNamesNothing_AsksTheNeighboursAndSaysWhy()
    {
        QuestionSkills found = Find(Phrases, Near(0, 0, 0.9f) with { Tagged = Tagged() with { Problem = "It could not answer." } });

        Assert.Equal([2], found.Skills);
        Assert.Equal("It could not answer.", found.Reasons[1]);
    }

    [Fact]
    public void Find_SourceNeighbours_DoesNotLookAtTheTagger() =>
        Assert.Equal([2], Find(Phrases, Near(0, 0, 0.9f) with { Tagged = Tagged("antonyms") }, source: SkillSource.Neighbours).Skills);

    [Theory]
    [InlineData(SkillSource.Auto, 1)]
    [InlineData(SkillSource.Tagger, 2)]
    public void Find_NoTaggerAsked_IsToldWhereThePolicyWantsOne(object source, int reasons)
    {
        QuestionSkills found = Find(Phrases, Near(0, 0, 0.9f), source: (SkillSource)source);

        Assert.Equal(reasons, found.Reasons.Count);
        Assert.Equal(reasons == 2, found.Reasons[^1] == "No tagger was asked.");
    }

    static TaggedQuestion Tagged(params string[] phrases) => new("scout", phrases, 5, new TokenUsage(1, 1));

    static QuestionSkills Find(
        OutcomeTable table, ProfiledQuestion question, double floor = 0.5, int neighbours = 5,
        SkillSource source = SkillSource.Auto) =>
        new SkillFinder(new SkillProfile(table), floor, neighbours, source).Find(question);

    static ProfiledQuestion Asking(params string[] skills) => Near(0, 0, 0) with { Skills = skills };

    static ProfiledQuestion Near(params float[] similarities) => Profiles.Near("?", similarities);
}
