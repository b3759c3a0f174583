using Orchestrator.Retrieval.Collections.Embedded;

namespace Orchestrator.Retrieval.Tests.Collections.Embedded;

public sealed class ReadersTests
{
    [Fact]
    public void CloseAsync_NobodyReads_IsDoneAtOnce() => Assert.True(new Readers().CloseAsync().IsCompleted);

    [Fact]
    public async Task CloseAsync_SomebodyReads_WaitsForTheLastAndLetsNobodyIn()
    {
        var readers = new Readers();
        var (first, second) = (readers.Enter()!, readers.Enter()!);

        var closing = readers.CloseAsync();
        first.Dispose();
        first.Dispose();

        Assert.False(closing.IsCompleted);
        Assert.Null(readers.Enter());
        second.Dispose();
        await closing;
    }
}
