using Microsoft.AspNetCore.Http;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tests.Api;

public sealed class SkillsHeaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("antonyms", new[] { "antonyms" })]
    [InlineData(" antonyms , ,capitals of countries,", new[] { "antonyms", "capitals of countries" })]
    public void Read_Phrases_AreSplitAtCommas(string value, string[] phrases) =>
        Assert.Equal(phrases, SkillsHeader.Read(Headers(value)));

    [Fact]
    public void Read_NoHeader_IsNoSkill() => Assert.Empty(SkillsHeader.Read(new HeaderDictionary()));

    [Fact]
    public void Read_TooManyPhrases_Is400NamingTheHeader()
    {
        var error = Assert.Throws<ApiException>(() => SkillsHeader.Read(Headers(string.Join(',', Enumerable.Range(0, 17))))).Error;

        Assert.Equal((400, "x-orchestrator-skills"), (error.Status, error.Param));
        Assert.Contains("17 phrases given, at most 16", error.Message);
    }

    static HeaderDictionary Headers(string value) => new() { [SkillsHeader.Name] = value };
}
