using Microsoft.AspNetCore.Http;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tests.Api;

public sealed class VariantHeaderTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("allow", true)]
    [InlineData("never", false)]
    public void Allows_KnownWord_IsItsMeaning(string? value, bool allows) => Assert.Equal(allows, VariantHeader.Allows(Headers(value)));

    [Fact]
    public void Allows_OtherWord_Is400NamingTheHeader()
    {
        var error = Assert.Throws<ApiException>(() => VariantHeader.Allows(Headers("nevr"))).Error;

        Assert.Equal((400, "x-orchestrator-variants"), (error.Status, error.Param));
        Assert.Contains("never, allow", error.Message);
    }

    static HeaderDictionary Headers(string? value) => value is null ? [] : new HeaderDictionary { [VariantHeader.Name] = value };
}
