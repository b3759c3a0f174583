namespace Orchestrator.Client.Tests.Connection;

public sealed class OptionsCheckTests
{
    static readonly OrchestratorClientOptions Fine = new() { Endpoint = new Uri("http://host:8080/experts/v1") };

    public static TheoryData<OrchestratorClientOptions, string> Wrong => new()
    {
        { Fine with { Endpoint = new Uri("/v1", UriKind.Relative) }, "Endpoint is '/v1', which is relative" },
        { Fine with { Endpoint = new Uri("ftp://host") }, "of the scheme 'ftp'; allowed are http and https" },
        { Fine with { Endpoint = new Uri("http://ann:secret@host") }, "Endpoint has a user name or a password" },
        { Fine with { Endpoint = new Uri("http://host?key=secret") }, "without '?' and '#'" },
        { Fine with { Endpoint = null! }, "Endpoint is null" },
        { Fine with { ApiKey = "secret\n" }, "ApiKey has a line break" },
        { Fine with { Timeout = TimeSpan.FromSeconds(-5) }, "Timeout is -00:00:05; allowed is more than 00:00:00" },
        { Fine with { Timeout = TimeSpan.Zero }, "Timeout is 00:00:00" },
        { Fine with { ConnectTimeout = TimeSpan.Zero }, "ConnectTimeout is 00:00:00" },
        { Fine with { FirstByteTimeout = TimeSpan.Zero }, "FirstByteTimeout is 00:00:00; allowed is 00:00:00.0100000 up to 1.00:00:00 or null" },
        { Fine with { Retries = 11 }, "Retries is 11; allowed are 0 to 10" },
        { Fine with { RetryDelay = TimeSpan.FromSeconds(-1) }, "RetryDelay is -00:00:01" },
        { Fine with { MaxRetryAfter = TimeSpan.FromDays(2) }, "MaxRetryAfter is 2.00:00:00" },
        { Fine with { Time = null! }, "Time is null" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Constructor_WrongOption_NamesItAndWhatIsAllowed(OrchestratorClientOptions options, string words)
    {
        var wrong = Assert.Throws<ArgumentException>(() => new OrchestratorChatClient(options));

        Assert.Contains(words, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message.Replace("key=secret", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_LimitlessOptions_AreFine()
    {
        using var client = new OrchestratorChatClient(Fine with
        {
            Timeout = Timeout.InfiniteTimeSpan,
            FirstByteTimeout = TimeSpan.FromMinutes(5),
            Retries = 0,
            RetryDelay = TimeSpan.Zero,
        });
    }

    [Fact]
    public void ToString_Options_KeepsTheKeyToItself() =>
        Assert.DoesNotContain("secret", $"{Fine with { ApiKey = "secret" }}", StringComparison.Ordinal);
}
