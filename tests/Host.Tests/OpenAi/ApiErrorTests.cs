using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class ApiErrorTests
{
    [Fact]
    public void Shown_CutWithinACharacter_LeavesNoHalfOfIt() =>
        Assert.Equal(new string('a', 99) + "…", ApiError.Shown(new string('a', 99) + "😀"));
}
