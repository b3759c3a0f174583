using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Tests.Skills;

public sealed class SkillProfileTests
{
    readonly SkillProfile _profile = new(SkillTables.Worked);

    [Fact]
    public void Count_WorkedTable_IsRightAndWrongBySkill()
    {
        Assert.Equal(["algebra", "biology"], _profile.Names);
        Assert.Equal(new SkillCount(9, 1), _profile.Count(0, 0));
        Assert.Equal(new SkillCount(4, 1), _profile.Count(1, 1));
        Assert.Equal(new SkillCount(2, 8), _profile.Count(2, 0));
    }

    [Fact]
    public void Count_PartlyRight_CountsForBoth()
    {
        var table = new OutcomeTable("", ["a"], [new OutcomeRow("1", "?", ["x"], [new Outcome(0.75, 1)])]);

        Assert.Equal(new SkillCount(0.75, 0.25), new SkillProfile(table).Count(0, 0));
    }

    [Fact]
    public void Count_SkillWrittenTwoWaysInOneQuestion_CountsOnce()
    {
        var profile = new SkillProfile(SkillTables.Needing(["Algebra", " algebra "]));

        Assert.Equal(["algebra"], profile.Names);
        Assert.Equal(new SkillCount(1, 0), profile.Count(0, 0));
    }

    [Fact]
    public void Count_NotAsked_CountsNeitherWay()
    {
        var table = SkillTables.Worked.WithExpert("new", new Dictionary<string, Outcome> { ["algebra-1"] = new(1, 1) });

        var profile = new SkillProfile(table);

        Assert.Equal((new SkillCount(1, 0), new SkillCount(0, 0)), (profile.Count(3, 0), profile.Count(3, 1)));
        Assert.Equal(1, profile.Support(3, [0, 1]));
    }

    [Fact]
    public void Support_QuestionNeedsSeveralOfTheSkills_CountsOnce() =>
        Assert.Equal(2, new SkillProfile(SkillTables.Needing(["a", "b"], ["b"], ["c"])).Support(0, [0, 1]));
}
