using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Authentication;

namespace Orchestrator.Host.Tests.Authentication;

public sealed class ApiKeysTests
{
    static ApiKeys Of(string? value) => ApiKeys.From(new ServerConfig { ApiKeyEnv = "KEYS" }, name => name == "KEYS" ? value : null);

    [Fact]
    public void From_NoVariableNamed_AsksForNoKey() =>
        Assert.False(ApiKeys.From(new ServerConfig(), _ => throw new InvalidOperationException("nothing is to be read")).Required);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , \n")]
    public void From_NoKeyInTheVariable_IsRefusedByName(string? value)
    {
        var refused = Assert.Throws<ConfigException>(() => Of(value));

        Assert.Contains("KEYS", refused.Message, StringComparison.Ordinal);
        Assert.Contains("server.api_key_env", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    [InlineData("third")]
    public void Accept_OneOfSeveral_IsTaken(string key) => Assert.True(Of("first,second\nthird ").Accept(key));

    [Theory]
    [InlineData("")]
    [InlineData("firs")]
    [InlineData("First")]
    [InlineData("first,second")]
    public void Accept_Another_IsNot(string key) => Assert.False(Of("first,second").Accept(key));
}
