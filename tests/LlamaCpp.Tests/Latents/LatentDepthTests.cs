using System.Text;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.LlamaCpp.Tests.Latents;

public sealed class LatentDepthTests
{
    [Theory]
    [InlineData("embd", 0)]
    [InlineData("l_out-0", 1)]
    [InlineData("l_out-31", 32)]
    public void Of_NodesOfTheResidualStream_IsTheirDepth(string node, int depth)
    {
        Assert.Equal(depth, LatentDepth.Of(Encoding.UTF8.GetBytes(node)));
        Assert.Equal(node, LatentDepth.Node(depth));
    }

    [Theory]
    [InlineData("")]
    [InlineData("inp_embd")]
    [InlineData("embd (view)")]
    [InlineData("l_out")]
    [InlineData("l_out-")]
    [InlineData("l_out--1")]
    [InlineData("l_out-1 (view)")]
    [InlineData("l_out-99999999999")]
    [InlineData("ffn_out-1")]
    public void Of_OtherNodes_IsNull(string node) => Assert.Null(LatentDepth.Of(Encoding.UTF8.GetBytes(node)));
}
